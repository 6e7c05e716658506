// FDSLKit
