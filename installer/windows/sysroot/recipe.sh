# Builds one package for Windows, or takes it out of a sysroot that is there. Run by build-sysroot, which says in the
# environment what for: sysroot/recipe.sh build|check|take PACKAGE
#
#   RECIPES   the folder with sources.lock and recipes/
#   SOURCES   the files that sources.lock names, each with the right SHA-256
#   ROOT      the sysroot that is made
#   WORK      an empty folder to build in (build)
#   START     an unpacked sysroot of somebody's (check, take)
#   JOBS      how much is compiled at the same time
#
# A recipe says:
#   keeps             what the sysroot gets of this package, relative to its top; each pattern has to match something
#   module            its name for pkg-config, where that is not the name of the package
#   make_it           builds in $WORK, where the sources are, and installs into $STAGE
#   right_form FOLDER whether the package in FOLDER was built as make_it does it, as far as can be seen
#   complete FOLDER   adds what upstream does not install; for both a package just built and one that is taken over
set -eu

triple=x86_64-w64-mingw32
# The threads of Windows itself, so that no library of the compiler has to be shipped. libtool loses -static-libgcc when
# it is among the options of the linker, therefore it belongs to the compiler's name.
cc="$triple-gcc-win32 -static-libgcc"
cxx="$triple-g++-win32 -static-libgcc -static-libstdc++"
cflags="-O2 -pipe"
ldflags="-Wl,--no-insert-timestamp"
# Stands in libraries and never exists. Each of them looks for its files beside the program instead.
prefix=/wayhome-sysroot
# The translations of GLib and GTK that are kept.
languages="ar de es fr he zh_CN"

right_form() {
    :
}

complete() {
    :
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# locked COLUMN: of each file of this package.
locked() {
    awk -v package="$package" -v column="$1" '$1 == package { print $column }' "$RECIPES/sources.lock"
}

# apply_series: Debian's patches, in their order.
apply_series() {
    [ -f debian/patches/series ] || return 0
    sed -e 's/#.*//' -e 's/[[:space:]].*//' debian/patches/series | while read -r name; do
        [ -z "$name" ] || patch -s -p1 -i "debian/patches/$name"
    done
}

# unpack: the package's sources with Debian's patches, in $WORK, where the recipe goes on.
unpack() {
    cd "$WORK"
    for file in $(locked 4); do
        case $file in
        *.orig.tar.*) tar -x --strip-components=1 --no-same-owner -f "$SOURCES/$file" ;;
        *.debian.tar.*)
            tar -x --no-same-owner -f "$SOURCES/$file"
            apply_series
            ;;
        *.diff.gz) zcat "$SOURCES/$file" | patch -s -p1 ;;
        esac
    done
}

# age_evenly: a patch makes configure.ac younger than configure, and make would run the autotools again.
age_evenly() {
    find . -type f -exec touch -d @1700000000 {} +
    find . -name aclocal.m4 -exec touch -d @1700000010 {} +
    find . \( -name configure -o -name 'config*.h.in' -o -name config.hin -o -name 'stamp-h*.in' -o -name Makefile.in \) \
        -exec touch -d @1700000020 {} +
}

# configure OPTIONS...: without libtool's own opinion that a DLL may not hold static libraries.
configure() {
    age_evenly
    PKG_CONFIG_LIBDIR=$ROOT/lib/pkgconfig lt_cv_deplibs_check_method=pass_all ./configure \
        --host="$triple" --build=x86_64-linux-gnu --prefix="$prefix" \
        CC="$cc" CXX="$cxx" CFLAGS="$cflags" CXXFLAGS="$cflags" CPPFLAGS="-I$ROOT/include" \
        LDFLAGS="-L$ROOT/lib $ldflags" "$@"
}

# run_make ARGUMENTS...
run_make() {
    make -j"$JOBS" "$@"
}

# install_by ARGUMENTS...: of make.
install_by() {
    make DESTDIR="$destination" "$@"
}

# strip_programs FILES...: that were installed.
strip_programs() {
    for file in "$@"; do
        "$triple-strip" "$STAGE/$file"
    done
}

# translations DOMAIN: what is kept of them.
translations() {
    for language in $languages; do
        printf '%s ' "share/locale/$language/LC_MESSAGES/$1.mo"
    done
}

# quoted WORDS...: as a list of meson.
quoted() {
    printf "'%s'," "$@" | sed 's/,$//'
}

write_cross_file() {
    cat >"$WORK/windows.cross" <<EOF
[binaries]
c = '$triple-gcc-win32'
cpp = '$triple-g++-win32'
ar = '$triple-gcc-ar-win32'
nm = '$triple-nm'
strip = '$triple-strip'
windres = '$triple-windres'
pkgconfig = 'pkg-config'
[properties]
pkg_config_libdir = '$ROOT/lib/pkgconfig'
needs_exe_wrapper = true
[built-in options]
c_args = [$(quoted "-I$ROOT/include" "$@")]
cpp_args = [$(quoted "-I$ROOT/include" "$@")]
c_link_args = ['-L$ROOT/lib', '-static-libgcc', '$ldflags']
cpp_link_args = ['-L$ROOT/lib', '-static-libgcc', '-static-libstdc++', '$ldflags']
[host_machine]
system = 'windows'
cpu_family = 'x86_64'
cpu = 'x86_64'
endian = 'little'
EOF
}

# with_meson OPTIONS...: configures, builds and installs. The variable compiler_options is for the compiler.
with_meson() {
    write_cross_file ${compiler_options:+"$compiler_options"}
    meson setup build-windows --cross-file "$WORK/windows.cross" --prefix "$prefix" --libdir lib --buildtype plain \
        -Doptimization=2 -Ddebug=false -Db_ndebug=true --strip --wrap-mode nodownload "$@"
    ninja -C build-windows -j "$JOBS"
    DESTDIR=$destination meson install -C build-windows --no-rebuild --quiet
}

# write_module FOLDER NAME VERSION DESCRIPTION LIBS: what pkg-config reads, for a package that has none of its own.
write_module() {
    mkdir -p "$1/lib/pkgconfig"
    cat >"$1/lib/pkgconfig/$2.pc" <<EOF
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: $2
Description: $4
Version: $3
Libs: -L\${libdir} $5
Cflags: -I\${includedir}
EOF
}

# make_movable FOLDER: its modules find their folder by themselves, wherever it is.
make_movable() {
    for file in "$1"/lib/pkgconfig/*.pc; do
        [ -f "$file" ] || continue
        old=$(sed -n 's/^prefix=//p' "$file" | head -n 1)
        case $old in
        /*) sed -i -e "s|^prefix=.*|prefix=\${pcfiledir}/../..|" -e "s|$old|\${prefix}|g" "$file" ;;
        esac
    done
}

# has_all FOLDER: whether everything is there that the sysroot gets of this package.
has_all() {
    cd "$1"
    for path in $keeps; do
        if ! [ -e "$path" ]; then
            echo "There is no $path."
            return 1
        fi
    done
}

# keep FOLDER: adds this package to the sysroot.
keep() {
    make_movable "$1"
    has_all "$1" || fail "The recipe of $package promises what is not there."
    cd "$1"
    for path in $keeps; do
        cp -R --parents --preserve=mode,links "$path" "$ROOT/"
    done
}

has_right_version() {
    found=$(PKG_CONFIG_LIBDIR=$1/lib/pkgconfig pkg-config --modversion "$module") || return 1
    [ "$found" = "$version" ] || {
        echo "It is version $found."
        return 1
    }
}

action=$1
package=$2
module=$package
version=$(locked 2 | head -n 1)
. "$RECIPES/recipes/$package"

case $action in
build)
    destination=$WORK/installed
    STAGE=$destination$prefix
    mkdir -p "$STAGE"
    unpack
    make_it
    complete "$STAGE"
    keep "$STAGE"
    ;;
check)
    right_form "$START" || fail "It was built differently."
    complete "$START"
    has_right_version "$START" && has_all "$START"
    ;;
take)
    keep "$START"
    ;;
esac
