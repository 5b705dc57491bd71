# Debian's packages have their manual pages compressed. cpack runs it before it packs CPACK_TEMPORARY_DIRECTORY.
cmake_minimum_required(VERSION 3.25)
file(GLOB pages "${CPACK_TEMPORARY_DIRECTORY}/usr/share/man/man*/*.[0-9]")
if(NOT pages)
  message(FATAL_ERROR "no manual pages in ${CPACK_TEMPORARY_DIRECTORY}")
endif()
execute_process(COMMAND gzip -9n ${pages} COMMAND_ERROR_IS_FATAL ANY)
