#include "CKernels.h"
#include <math.h>
#pragma STDC FP_CONTRACT OFF
double ck_exp(double x) { return exp(x); }
double ck_log(double x) { return log(x); }
double ck_sin(double x) { return sin(x); }
double ck_cos(double x) { return cos(x); }
