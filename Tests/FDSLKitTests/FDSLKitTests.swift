// Tests of FDSLKit.
