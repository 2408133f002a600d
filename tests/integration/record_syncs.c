// SPDX-License-Identifier: GPL-3.0-or-later
// LD_PRELOAD: records every change to files below $RECORD_ROOT, and every sync, in $RECORD_LOG, so
// that a test can work out what a disk would hold after a power cut. $RECORD_SYNC_MS: a slow disk.
// Record: char kind; u16 path length; path; u64 offset; u64 length; bytes (of a write or a rename).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static const char* root;

__attribute__((constructor)) static void begin(void) {
  root = getenv("RECORD_ROOT");
  const char* path = getenv("RECORD_LOG");
  if (root && path) log_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

// The path of a descriptor below the root, or 0.
static int path_of(int fd, char* path) {
  char link[64];
  if (log_fd < 0 || fd == log_fd) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, PATH_MAX - 1);
  if (size <= 0) return 0;
  path[size] = 0;
  return strncmp(path, root, strlen(root)) == 0 && !strstr(path, " (deleted)");
}

static void put(char kind, const char* path, uint64_t offset, uint64_t length, const void* data) {
  uint16_t size = (uint16_t)strlen(path);
  struct iovec parts[] = {{&kind, 1},    {&size, 2},   {(void*)path, size},
                          {&offset, 8},  {&length, 8}, {(void*)data, data ? length : 0}};
  syscall(SYS_writev, log_fd, parts, 6);
}

static ssize_t record_write(int fd, const void* data, size_t size, off_t offset, int positioned) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) {
    return positioned ? syscall(SYS_pwrite64, fd, data, size, offset)
                      : syscall(SYS_write, fd, data, size);
  }
  pthread_mutex_lock(&lock);
  if (!positioned) offset = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  ssize_t done = positioned ? syscall(SYS_pwrite64, fd, data, size, offset)
                            : syscall(SYS_write, fd, data, size);
  if (done > 0) put('W', path, (uint64_t)offset, (uint64_t)done, data);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void* data, size_t size) { return record_write(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  return record_write(fd, data, size, offset, 1);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off_t offset) {
  return record_write(fd, data, size, offset, 1);
}
ssize_t pwritev(int fd, const struct iovec* parts, int count, off_t offset) {
  ssize_t done = 0;
  for (int i = 0; i < count; ++i) {
    ssize_t n = record_write(fd, parts[i].iov_base, parts[i].iov_len, offset + done, 1);
    if (n < 0) return done ? done : n;
    done += n;
    if ((size_t)n < parts[i].iov_len) break;
  }
  return done;
}
ssize_t pwritev64(int fd, const struct iovec* parts, int count, off_t offset) {
  return pwritev(fd, parts, count, offset);
}

static int record_cut(int fd, off_t size) {
  char path[PATH_MAX];
  int ours = path_of(fd, path);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_ftruncate, fd, size);
  if (ours && result == 0) put('T', path, (uint64_t)size, 0, NULL);
  pthread_mutex_unlock(&lock);
  return result;
}
int ftruncate(int fd, off_t size) { return record_cut(fd, size); }
int ftruncate64(int fd, off_t size) { return record_cut(fd, size); }

static int record_sync(int fd, long call) {
  char path[PATH_MAX];
  int ours = path_of(fd, path);
  if (!ours) return (int)syscall(call, fd);
  // What is written while the sync runs may or may not be in it: only what came before 's' is.
  pthread_mutex_lock(&lock);
  put('s', path, 0, 0, NULL);
  pthread_mutex_unlock(&lock);
  const char* slow = getenv("RECORD_SYNC_MS");
  if (slow) usleep(1000 * (useconds_t)atoi(slow));
  int result = (int)syscall(call, fd);
  pthread_mutex_lock(&lock);
  if (result == 0) put('S', path, 0, 0, NULL);
  pthread_mutex_unlock(&lock);
  return result;
}
int fsync(int fd) { return record_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return record_sync(fd, SYS_fdatasync); }

int rename(const char* from, const char* to) {
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_rename, from, to);
  if (log_fd >= 0 && result == 0) put('R', from, 0, strlen(to), to);
  pthread_mutex_unlock(&lock);
  return result;
}
