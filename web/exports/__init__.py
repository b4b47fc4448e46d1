"""What goes out as a file: tables that open as they were and run nothing."""
