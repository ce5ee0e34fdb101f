"""The cut: alignments of takes in, one document out, and what there is to say about it."""
