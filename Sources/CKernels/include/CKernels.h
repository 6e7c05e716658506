#pragma once

// Elementary functions with one result on every machine: IEEE double, contraction off.
double ck_exp(double x);
double ck_log(double x);
double ck_sin(double x);
double ck_cos(double x);
