/* Holds a file the way Excel does, so that nobody else may write or move it, until it is killed. For the test alone. */
#include <windows.h>
#include <stdio.h>

int wmain(int count, wchar_t **arguments)
{
    if (count < 2)
        return 2;
    HANDLE file = CreateFileW(arguments[1], GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 1;
    puts("held");
    fflush(stdout);
    Sleep(60000);
    return 0;
}
