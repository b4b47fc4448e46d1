"""The law of the place, in plain Python.

A People's Committee enters a **document**; its clauses are assigned to agencies and
become **directives**. The lead agency accepts, acts, uploads **evidence** and
reports; somebody who had no hand in the work verifies. Every act is one row of the
table in `workflow.directives.table`, and every act leaves one **history** entry
chained to the one before. **Deadlines** are read from the words of the document and
counted on the **calendar** of working days, and they keep a ledger of how they came
about. **Agencies** form a tree by date; **accounts** hold roles in agencies by date.

Nothing here knows Flask, SQL, the clock or the environment: time and actor are
arguments, memory is a protocol (`ports.py` of each feature), and refusals are
errors with a stable code (`workflow.errors`).
"""
