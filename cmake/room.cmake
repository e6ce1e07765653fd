# One static library per room: interdict_room(<name> [USES <rooms>] [LIBRARIES <imported targets>]).
# Include paths start at src/, so a header is always named with its room: #include "text/text.h".

add_library(interdict_flags INTERFACE)
target_compile_options(interdict_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(INTERDICT_SANITIZE)
  # gcc's maybe-uninitialized and free-nonheap warnings misfire on instrumented code.
  target_compile_options(interdict_flags INTERFACE -fsanitize=${INTERDICT_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(interdict_flags INTERFACE -fsanitize=${INTERDICT_SANITIZE})
  target_compile_definitions(interdict_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(INTERDICT_FUZZ)
  # Under clang, libstdc++ 12's own stable_sort warns of what it has deprecated.
  target_compile_options(interdict_flags INTERFACE -fsanitize=fuzzer-no-link -Wno-deprecated-declarations)
endif()

if(CMAKE_UNITY_BUILD)
  # Files compiled in one go are included by one, whose types gcc then takes for a header's.
  target_compile_options(interdict_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

function(interdict_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.h)
  add_library(interdict_${name} STATIC EXCLUDE_FROM_ALL ${sources})
  target_sources(interdict_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src FILES ${headers})
  target_include_directories(interdict_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM ROOM_USES PREPEND interdict_)
  target_link_libraries(interdict_${name} PUBLIC ${ROOM_USES} fmt::fmt PRIVATE ${ROOM_LIBRARIES} interdict_flags)
endfunction()
