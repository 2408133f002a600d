# SPDX-License-Identifier: GPL-3.0-or-later
# Bash completion for freshet-cli.
_freshet_cli() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local network="--data-dir --json --listen --interface --peer --tracker --dht-bootstrap --no-dht
    --no-lsd --no-upnp --upload-limit --download-limit"
  case $before in
    --data-dir) COMPREPLY=($(compgen -d -- "$current")); return ;;
    --key | --link-file | --torrent-file | --out) COMPREPLY=($(compgen -f -- "$current")); return ;;
    --from) COMPREPLY=($(compgen -W "start live" -- "$current")); return ;;
    --final) COMPREPLY=($(compgen -W "v1 hybrid" -- "$current")); return ;;
    --interface)
      COMPREPLY=($(compgen -W "$(ls /sys/class/net 2>/dev/null)" -- "$current"))
      return
      ;;
  esac
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "publish watch seed info key list rm --help --version" -- "$current"))
    return
  fi
  local options
  case ${COMP_WORDS[1]} in
    publish) options="$network --name --start --capacity --finalise-after --key --new --raw --pace
      --as-fast-as-possible --piece-length --final --link-file --torrent-file --linger
      --list-devices --preset --size --fps --video-bitrate --audio-bitrate --video-codec
      --audio-codec --audio --copy --channel-name
      --channel-picture" ;;
    watch) options="$network --timeout --follow --from --out --play --json-blocks --no-live-edge --torrent-file --linger" ;;
    seed) options="$network --timeout --torrent-file" ;;
    key) options="new show export import --json" ;;
    rm) options="--data-dir --json --yes" ;;
    *) options="--data-dir --json" ;;
  esac
  if [[ $current == -* || ${COMP_WORDS[1]} == key ]]; then
    COMPREPLY=($(compgen -W "$options --help" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
    [ "${COMP_WORDS[1]}" = publish ] && COMPREPLY+=($(compgen -W "camera: screen: test: -" -- "$current"))
  fi
}
complete -o filenames -F _freshet_cli freshet-cli
