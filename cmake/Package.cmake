# A Debian package: cpack --config build/release/CPackConfig.cmake
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME freshet)
set(CPACK_PACKAGE_VENDOR "The Freshet developers")
set(CPACK_PACKAGE_CONTACT "The Freshet developers <freshet@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "live video over BitTorrent")
set(CPACK_PACKAGE_DESCRIPTION
  "Freshet plays and broadcasts live video over BitTorrent, by letting a torrent
 grow while it is shared. Viewers join at any minute, watch from the beginning
 or at the live edge, and pass the show on. When it ends, it is an ordinary
 torrent that every viewer already shares.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# QML modules are loaded by name: no library says that it needs them.
string(JOIN ", " CPACK_DEBIAN_PACKAGE_DEPENDS qml6-module-qtquick qml6-module-qtquick-controls
  qml6-module-qtquick-dialogs qml6-module-qtquick-layouts qml6-module-qtquick-shapes
  qml6-module-qtquick-templates qml6-module-qtquick-window qml6-module-qtqml
  qml6-module-qtqml-workerscript qml6-module-qtqml-models fonts-inter)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-qpa-plugins, qt6-wayland, libgl1-mesa-dri")
set(CPACK_STRIP_FILES ON)
include(CPack)
