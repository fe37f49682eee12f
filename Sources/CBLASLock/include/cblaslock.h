// The module has no declarations: it replaces two functions of OpenBLAS when the program is linked, and chooses its kernels when the
// program starts.
