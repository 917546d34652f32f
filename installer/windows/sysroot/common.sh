# What the scripts that build for Windows have in common. Sourced by them.

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# need_plain_path PATH: configure, make, CMake and pkg-config take apart what has one of these in it.
need_plain_path() {
    case $1 in
    *[[:space:]\"\'\\\$\`\;:#\&]*)
        fail "Compilers cannot work in “$1”: a path without spaces, quotes and any of \\ \$ ; : # & is needed."
        ;;
    esac
}

# lock_folder FOLDER: until this script ends, nobody else works there.
lock_folder() {
    exec 9<"$1"
    if ! flock -n 9; then
        say "Waiting for another build that is at work in $1 ..."
        flock 9
    fi
}
