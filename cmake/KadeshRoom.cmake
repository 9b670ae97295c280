# One target a room. Rooms link only the rooms below them (tools/layers.toml says which; tools/check_layers.py checks the
# includes), so that a wrong include fails to link or fails the check.

set(KADESH_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  list(APPEND KADESH_WARNINGS -Wno-restrict -Wno-free-nonheap-object) # false alarms on "text" + std::string, GCC bug 105651
endif()

function(kadesh_options target)
  target_compile_options(${target} PRIVATE ${KADESH_WARNINGS})
  if(KADESH_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${KADESH_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${KADESH_SANITIZE})
  endif()
  if(KADESH_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link) # the fuzzers follow the coverage
  endif()
endfunction()

# kadesh_room(NAME ROOMS other rooms... LIBRARIES external...): sources are the folder's *.cpp.
function(kadesh_room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(sources)
    add_library(kadesh_${name} STATIC ${sources})
    target_include_directories(kadesh_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
    kadesh_options(kadesh_${name})
    foreach(room IN LISTS ROOM_ROOMS)
      target_link_libraries(kadesh_${name} PRIVATE kadesh_${room})
    endforeach()
    target_link_libraries(kadesh_${name} PRIVATE ${ROOM_LIBRARIES})
  else()
    add_library(kadesh_${name} INTERFACE)
    target_include_directories(kadesh_${name} INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  endif()
endfunction()
