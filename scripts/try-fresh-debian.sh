#!/usr/bin/env bash
# Tries the README's two commands as a newcomer would: a clean clone on a freshly installed Debian 12 and 13.
# Not part of the tests: needs root, debootstrap, network and about ten minutes.
#   scripts/try-fresh-debian.sh [bookworm|trixie …]
# MIRROR names another mirror than this machine's own; COMMANDS other commands than "demo test".
set -eu
root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "Run as root: debootstrap needs it." >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "Run first: apt-get install -y debootstrap" >&2; exit 2; }
# The machine's own mirror, from either form of sources list; empty means debootstrap's default.
MIRROR=${MIRROR-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(http[^ ]*).*/\3/p' | head -n 1)}
COMMANDS=${COMMANDS-demo test}
PASSED='PIP_INDEX_URL|PIP_CERT|UV_DEFAULT_INDEX|SSL_CERT_FILE|https?_proxy|no_proxy'    # how this machine reaches the network

inside() {      # what happens in the fresh system; "$1" is the command to try
    cat <<'INSIDE'
set -eu
cd "/root/värn clone"
case $1 in
demo)
    ./varn demo --port 0 & demo=$!
    for _ in $(seq 300); do [ -f .varn/demo/demo.json ] && break; kill -0 $demo; sleep 1; done
    # An interpreter is there by now; nothing else can be taken for granted.
    python3 - <<'PYTHON'
import json, urllib.request
url = json.load(open(".varn/demo/demo.json"))["url"]
print("first page:", urllib.request.urlopen(url).status)
PYTHON
    kill $demo; wait $demo ;;
*) ./varn "$1" ;;
esac
INSIDE
}

for suite in ${*:-bookworm trixie}; do
    folder=$(mktemp -d --tmpdir "varn-$suite.XXXXXX")
    trap 'rm -rf --one-file-system "$folder"' EXIT
    echo "== $suite: installing a minimal system in $folder"
    # shellcheck disable=SC2086  # no mirror, no word
    debootstrap --variant=minbase --include=ca-certificates "$suite" "$folder" $MIRROR >"$folder.log" 2>&1 ||
        { tail -n 5 "$folder.log" >&2; exit 1; }
    cp /etc/resolv.conf "$folder/etc/"
    echo "127.0.0.1 localhost" >"$folder/etc/hosts"     # an installed Debian has it, debootstrap alone does not
    # What this machine needs to reach the network through a proxy or with its own certificates holds there as well.
    cp -r /usr/local/share/ca-certificates/. "$folder/usr/local/share/ca-certificates/" 2>/dev/null || :
    [ ! -f /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/"
    [ ! -d /etc/apt/apt.conf.d ] || cp -n /etc/apt/apt.conf.d/*proxy* "$folder/etc/apt/apt.conf.d/" 2>/dev/null || :
    git clone --quiet "$root" "$folder/root/värn clone"
    inside >"$folder/root/try.sh"
    for command in $COMMANDS; do
        echo "== $suite: ./varn $command"
        # pivot_root, not chroot alone: inside a chroot the kernel makes no user namespaces
        unshare --mount --pid --fork bash -eu -c '
            mount --make-rprivate /; mount --bind "$0" "$0"; cd "$0"
            mount --rbind /dev dev; mount -t proc proc proc; mount -t tmpfs tmp tmp; mkdir -p old
            pivot_root . old; cd /; umount -l old
            exec env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 $2 bash /root/try.sh "$1"
        ' "$folder" "$command" "$(env | grep -E "^($PASSED)=" | tr '\n' ' ')"
    done
    rm -rf --one-file-system "$folder" "$folder.log"
done
echo "All commands worked on: ${*:-bookworm trixie}"
