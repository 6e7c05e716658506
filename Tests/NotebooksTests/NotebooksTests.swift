// Tests of Notebooks.
