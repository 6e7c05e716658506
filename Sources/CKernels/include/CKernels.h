#pragma once

#include <stddef.h>
#include <stdint.h>

// Kernels with one result on every machine: IEEE arithmetic in a fixed order, contraction off.

// Elementary functions of one double. Errors below one unit in the last place (gamma: three).
double ck_exp(double x);
double ck_exp2(double x);
double ck_expm1(double x);
double ck_log(double x);
double ck_log2(double x);
double ck_log10(double x);
double ck_log1p(double x);
double ck_pow(double x, double y);
double ck_cbrt(double x);
double ck_hypot(double x, double y);
double ck_sin(double x);
double ck_cos(double x);
double ck_tan(double x);
double ck_asin(double x);
double ck_acos(double x);
double ck_atan(double x);
double ck_atan2(double y, double x);
double ck_sinh(double x);
double ck_cosh(double x);
double ck_tanh(double x);
double ck_asinh(double x);
double ck_acosh(double x);
double ck_atanh(double x);
double ck_erf(double x);
double ck_gamma(double x);
double ck_lgamma(double x);
