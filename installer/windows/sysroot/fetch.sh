# Finds what sources.lock names. Sourced by build-sysroot; uses its variables lock, sources (the cache's folder of
# sources) and offline (the folder of --sources, or nothing).

has_sum() {
    echo "$2  $1" | sha256sum --check --status 2>/dev/null
}

# pools: where source packages of Debian are, one a line: first what this machine's apt uses.
pools() {
    if [ -n "${WAYHOME_SYSROOT_POOLS:-}" ]; then
        printf '%s\n' $WAYHOME_SYSROOT_POOLS
        return
    fi
    apt-get --print-uris update 2>/dev/null | sed -n "s,^'\(https*://[^']*[Dd]ebian[^']*\)/dists/.*,\1,p" | sort -u |
        sed -e 's,-security$,&/pool/updates/main,' -e t -e 's,$,/pool/main,'
    echo http://ftp.debian.org/debian/pool/main
    echo http://security.debian.org/debian-security/pool/updates/main
}

# places FOLDER FILE SHA-1 UPSTREAM: addresses of one file, in the order in which they are tried.
places() {
    name=$(echo "$2" | sed 's/+/%2B/g; s/~/%7E/g')
    pools | awk '!seen[$0]++' | while read -r pool; do
        echo "$pool/$1/$name"
    done
    # Keeps what the pools have dropped.
    [ -n "${WAYHOME_SYSROOT_POOLS:-}" ] || echo "https://snapshot.debian.org/file/$3"
    [ "$4" = - ] || echo "$4"
}

# need_writable: the cache's folder of sources, before something is put into it.
need_writable() {
    touch "$sources/try.part$$" 2>/dev/null && rm "$sources/try.part$$" ||
        fail "You may not write to $sources: name another folder by WAYHOME_SYSROOT_CACHE."
}

cannot_write() {
    fail "$sources/$1 cannot be written: is there room? Another folder may be named by WAYHOME_SYSROOT_CACHE."
}

# download FILE SHA-256 ADDRESSES...: into the cache, from the first place that has the right one.
download() {
    file=$1
    sum=$2
    shift 2
    for address in "$@"; do
        code=0
        curl -fsSL --proto =http,https --connect-timeout 15 --speed-limit 1000 --speed-time 60 --retry 1 \
            -o "$sources/$file.part$$" "$address" 2>/dev/null || code=$?
        if [ $code = 0 ]; then
            if has_sum "$sources/$file.part$$" "$sum"; then
                mv "$sources/$file.part$$" "$sources/$file" || cannot_write "$file"
                return 0
            fi
            say "  $address has another file (its SHA-256 is wrong): not used."
        fi
        # curl's word for a file that it could not write.
        [ $code != 23 ] || cannot_write "$file"
        rm -f "$sources/$file.part$$"
    done
    return 1
}

# missing_source PACKAGE VERSION FILE SHA-256 ADDRESSES...
missing_source() {
    say "$1 $2: the file $3 is missing."
    say "Its SHA-256 has to be $4."
    shift 4
    if [ -n "$offline" ]; then
        say "It is not in $offline, and with --sources nothing is downloaded."
    else
        say "None of these places had it:"
        printf '  %s\n' "$@"
    fi
    say "If you find it elsewhere, put it into ${offline:-$sources}, or into a folder of its own with the"
    say "others and name that by --sources; then start again."
}

# need_source PACKAGE VERSION FOLDER FILE SHA-256 SHA-1 UPSTREAM
need_source() {
    if [ -n "$offline" ] && [ -f "$offline/$4" ] && ! has_sum "$offline/$4" "$5"; then
        say "$1 $2: $offline/$4 is not the right file; its SHA-256 has to be $5."
        return 1
    fi
    has_sum "$sources/$4" "$5" && return 0
    need_writable
    rm -f "$sources/$4"
    if [ -n "$offline" ] && [ -f "$offline/$4" ]; then
        cp "$offline/$4" "$sources/$4" || cannot_write "$4"
        return 0
    fi
    addresses=$(places "$3" "$4" "$6" "$7")
    if [ -z "$offline" ]; then
        say "Fetching $4"
        download "$4" "$5" $addresses && return 0
    fi
    missing_source "$1" "$2" "$4" "$5" $addresses
    return 1
}

# need_sources PACKAGES...: says all that is missing before it fails.
need_sources() {
    missing=0
    for wanted in "$@"; do
        while read -r name columns; do
            [ "$name" != "$wanted" ] || need_source "$name" $columns || missing=$((missing + 1))
        done <"$lock"
    done
    [ $missing = 0 ] || fail "Without these sources ($missing missing) nothing can be built."
}
