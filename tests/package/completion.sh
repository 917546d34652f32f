# What the completion of wayhomectl offers. The program's help is the real one; the service's answers are made here.
#
# usage: bash completion.sh TOP-FOLDER WAYHOMECTL
top=$1
program=$2
fails=0

state='{"state":{"service":{"version":"1","owner":"a \"name\" [{"},"verdicts":[],
"accounts":[{"id":"duckdns","provider":"duckdns","label":"hosts","fields":{"id":"none"},"secrets":[]},
{"id":"office","provider":"dyndns2","label":"","fields":{},"secrets":[]}],
"hosts":[{"id":"h1","name":"home.example.org","account":"duckdns","paused":false,"records":[{"family":"ipv4"}]},
{"id":"h2","name":"cam.example.org","account":"office","paused":true,"records":[]}],
"vpns":[{"vpn":"wg0","publish":"line","active":true},{"vpn":"tun0","publish":"vpn","active":false}]}}'
providers='{"providers":[{"id":"duckdns","untested":false,"fields":[{"name":"token","kind":"secret","label":"\\"}],
"name":"DuckDNS"},{"id":"dyndns2","fields":[{"name":"url","kind":"url"},{"name":"user","kind":"text"},
{"name":"password","kind":"secret"}],"name":"Others"}]}'

# timeout would start a program, and this is none.
timeout() {
    shift
    "$@"
}

wayhomectl() {
    case " $* " in
    *" --json status "*) printf '%s\n' "$state" ;;
    *" --json providers "*) printf '%s\n' "$providers" ;;
    *) "$program" "$@" ;;
    esac
}

# offers EXPECTED WORD...: for the last word, which may be unfinished.
offers() {
    expected=$1
    shift
    COMP_WORDS=(wayhomectl "$@")
    COMP_CWORD=$#
    COMPREPLY=()
    _wayhomectl wayhomectl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    if [[ ${COMPREPLY[*]} != "$expected" ]]; then
        echo "wayhomectl $*: “${COMPREPLY[*]}” instead of “$expected”"
        fails=$((fails + 1))
    fi
}

. "$top/installer/linux/completion/wayhomectl"

offers "add-account add-host" add
offers "add-account add-host" help a
offers "--version" --v
offers "status" --json stat
offers "--check" status --c
offers "--ipv4-only --ipv6-only" add-host new.example.org --ip
offers "duckdns dyndns2" add-account ""
offers "url= user=" add-account dyndns2 ""
offers "url= user=" add-account dyndns2 url = https://dyn.example.org us u
offers "user=" edit-account office us
offers "duckdns office" remove-account ""
offers "office" secret o
offers "password" secret office ""
offers "token" secret duckdns ""
offers "" add-host ""
offers "home.example.org" edit-host h
offers "cam.example.org home.example.org" --socket /nowhere pause ""
offers "cam.example.org home.example.org" edit-host --ttl 60 ""
offers "duckdns office" add-host new.example.org --account ""
offers "office" edit-host home.example.org --to-account = o
offers "off on" unattended ""
offers "forbid" secret-file f
offers "tun0 wg0" vpn ""
offers "line nothing vpn" vpn wg0 ""
offers "root" owner roo
offers "--nobody" owner --n
offers "" history --limit ""
offers "" nonsense ""

state=
providers='{"providers":[{"id":'
offers "" edit-host ""
offers "" add-account ""

[[ $fails == 0 ]] && echo "completion: fine"
exit $((fails > 0))
