#pragma once

// What the files of this target share: OpenBLAS while one caller uses it.

// Begins a use of the library with so many threads; 0 when there is no library.
int ob_begin(int threads);
// Ends the use.
void ob_end(void);
