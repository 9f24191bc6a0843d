"""The command line: a thin front over `assistant.workspace`."""
