// Loaded into MIT's kpropd before libkrb5: the program ends as by a fault of its own when it is to apply an update of
// the principal whose name begins with KPROPD_TRIPS_OVER.
#include <dlfcn.h>

#include <cstdlib>
#include <cstring>

extern "C" int krb5_parse_name(void* context, const char* name, void* principal) {
    const char* const stone = std::getenv("KPROPD_TRIPS_OVER");
    if (stone != nullptr && std::strncmp(name, stone, std::strlen(stone)) == 0) std::abort();
    void* next = dlsym(RTLD_NEXT, "krb5_parse_name");
    int (*parse)(void*, const char*, void*) = nullptr;
    std::memcpy(&parse, &next, sizeof next);
    return parse(context, name, principal);
}
