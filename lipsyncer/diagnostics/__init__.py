"""Errors with a sentence, the log file, and the support report."""
