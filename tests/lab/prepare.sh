# What scripts do before they start: they install packages of Debian, get tools, build. Sourced from the top folder by
# tests/demo, tests/run, tests/bench/run, installer/linux/build-deb, installer/windows/build-msi and build-sysroot.

say() {
    printf '%s\n' "$*"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 "$@"
    else
        say "Packages are missing ($missing) and there is no sudo: install them as root, then run this again."
        exit 1
    fi
}

# wanted_packages GROUP...: the names below the comments that start with these words.
wanted_packages() {
    for group in "$@"; do
        awk -v group="$group" '/^#/ { inside = index($0, "# " group) == 1; next } inside' tests/packages
    done
}

is_installed() {
    dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed
}

# install_packages GROUP...: only what is missing, without a question.
install_packages() {
    missing=
    for package in $(wanted_packages "$@"); do
        is_installed "$package" || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    say "Installing:$missing"
    quietly as_root apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update
    quietly as_root apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
        install --no-install-recommends $missing
}

# quietly COMMAND...: its output only when it fails.
quietly() {
    mkdir -p build
    if ! "$@" >build/last-command.log 2>&1; then
        cat build/last-command.log
        say "This failed: $*"
        exit 1
    fi
}

# fetch_tools: the name server and the router's daemons, unpacked and never installed.
fetch_tools() {
    mkdir -p build
    /usr/bin/python3 tests/lab/fetch.py build/tools bind9 miniupnpd-nftables radvd 2>build/fetch.log && return 0
    quietly as_root apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 update
    missing=bind9-libs
    quietly as_root apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends bind9-libs
    quietly /usr/bin/python3 tests/lab/fetch.py build/tools bind9 miniupnpd-nftables radvd
}

# make_root_file_system: a small Debian of this machine's own release and sources, which containers boot; made again
# when the list of its packages has changed.
make_root_file_system() {
    if [ "$(id -u)" != 0 ]; then
        say "Only root can boot containers: the tests of the installed packages will be skipped."
        return 0
    fi
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    inside=$(wanted_packages inside | paste -sd,)
    name=rootfs-$release-$(echo "$inside" | sha256sum | cut -c 1-12)
    if ! [ -d "build/tools/$name" ]; then
        say "Making a root file system ..."
        mkdir -p build/tools
        rm -rf --one-file-system build/tools/rootfs build/tools/rootfs-*
        set --
        for sources in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
            if [ -s "$sources" ]; then set -- "$@" "$sources"; fi
        done
        quietly mmdebstrap --quiet --mode=root --variant=minbase --include="$inside" \
            --aptopt='Acquire::Retries "3"' --dpkgopt='path-exclude=/usr/share/man/*' \
            --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
            "$release" "build/tools/$name.part" "$@"
        mv "build/tools/$name.part" "build/tools/$name"
    fi
    ln -sfn "$name" build/tools/rootfs
}

# build FOLDER OPTIONS...: configures and builds everything.
build() {
    folder=$1
    shift
    quietly cmake -S . -B "$folder" -G Ninja "$@"
    quietly cmake --build "$folder"
}

# join_tests FOLDER WINDOWS: one run of ctest for the tests of build/test and, unless WINDOWS is empty, of build/windows;
# otherwise one that is counted as skipped.
join_tests() {
    mkdir -p "$1"
    {
        printf 'subdirs("%s/build/test")\n' "$PWD"
        if [ "$2" ]; then
            printf 'subdirs("%s/build/windows")\n' "$PWD"
        else
            printf 'add_test(wine-everything sh -c "echo Left out by --without-windows.; exit 77")\n'
            printf 'set_tests_properties(wine-everything PROPERTIES LABELS wine SKIP_RETURN_CODE 77)\n'
        fi
    } >"$1/CTestTestfile.cmake"
}
