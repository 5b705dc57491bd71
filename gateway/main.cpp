#include "gateway/cli/cli.hpp"

int main(int argc, char** argv) {
    return kpropgw::cli::run(argc, argv);
}
