// Tests of Builtins.
