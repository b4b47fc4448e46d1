"""What comes in as a file is looked through before anything of it is used."""
