// The module has no declarations: it replaces two functions of OpenBLAS when the program is linked, and calls a third one with a
// choice of kernels when the program starts.
