# What an installation holds: the program, its model (data/ adds the knowledge pack), the documents and the licence. The
# tree is relocatable: the program finds share/kadesh from where it lies itself.

install(TARGETS kadesh RUNTIME_DEPENDENCY_SET kadesh_libraries DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${KADESH_ARTEFACT_DIR}/english.kdm ${KADESH_ARTEFACT_DIR}/events.kdm DESTINATION ${CMAKE_INSTALL_DATADIR}/kadesh)
install(FILES README.md CHANGELOG.md LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES models/english.md models/events.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/models)
install(FILES data/README.md data/SOURCES.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/data)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs FILES_MATCHING PATTERN "*.md")
install(FILES examples/article.txt DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

# For trees that leave this machine: the libraries that are not part of every Linux system, beside the program. An
# ordinary installation leaves them out and uses the system's own.
set_target_properties(kadesh PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/kadesh")
target_link_options(kadesh PRIVATE -Wl,--disable-new-dtags) # an RPATH, which also serves the libraries' own libraries
install(RUNTIME_DEPENDENCY_SET kadesh_libraries
        PRE_EXCLUDE_REGEXES "ld-linux" "^lib(c|m|pthread|dl|rt)\\.so"
        LIBRARY DESTINATION lib/kadesh COMPONENT bundle EXCLUDE_FROM_ALL)
