#include "base/mapped_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace kadesh {
namespace {

Error failure(const std::string& path, int number) {
    const ErrorCode code = number == ENOENT || number == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io;
    return {code, path + ": " + std::generic_category().message(number)};
}

} // namespace

Result<MappedFile> MappedFile::open(const std::string& path) {
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) return failure(path, errno);
    struct stat info {};
    if (::fstat(handle, &info) != 0) {
        const int number = errno;
        ::close(handle);
        return failure(path, number);
    }
    if (!S_ISREG(info.st_mode)) {
        ::close(handle);
        return Error{ErrorCode::Io, path + ": not a regular file"};
    }
    MappedFile file;
    if (info.st_size > 0) { // an empty mapping is an error to mmap, not to us
        const auto size = static_cast<std::size_t>(info.st_size);
        void* const data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, handle, 0);
        if (data == MAP_FAILED) {
            const int number = errno;
            ::close(handle);
            return failure(path, number);
        }
        file.data_ = data;
        file.size_ = size;
    }
    ::close(handle);
    return file;
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(data_, size_);
}

} // namespace kadesh
