/* measure COMMAND..: runs a command with its output thrown away, and prints on one line what it took: wall clock and user
   plus system CPU in milliseconds, peak resident memory in KiB. Its exit code is the command's. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(struct timeval time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; }

int main(int count, char **words) {
    if (count < 2) return fprintf(stderr, "usage: %s COMMAND..\n", words[0]), 2;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child < 0) return perror("fork"), 1;
    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        if (nothing < 0 || dup2(nothing, STDOUT_FILENO) < 0) _exit(126);
        execvp(words[1], words + 1);
        perror(words[1]);
        _exit(127);
    }

    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) return perror("wait4"), 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.1f %.1f %ld\n", (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6,
           milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
