#!/bin/sh
# Tests the server at STACK_OUTPUT_ADDRESS, and writes report.xml, as JUnit does, beside this file.
set -eu
cd "$(dirname "$0")"
key=$PWD/../../../test-key
cases=$(mktemp)
trap 'rm -f "$cases"' EXIT
tests=0
failures=0

on_server() {
    ssh -i "$key" -p "${BUILD_SSH_PORT:-22}" -o BatchMode=yes -o ConnectTimeout=10 -o LogLevel=ERROR \
        -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "root@$STACK_OUTPUT_ADDRESS" "$@" </dev/null
}

# check NAME COMMAND: the command must end well on the server.
check() {
    tests=$((tests + 1))
    if on_server "$2"; then
        echo "  <testcase classname=\"bundle\" name=\"$1\"/>" >>"$cases"
    else
        failures=$((failures + 1))
        echo "  <testcase classname=\"bundle\" name=\"$1\"><failure message=\"see the console of the build\"/></testcase>" >>"$cases"
    fi
}

tries=0
until on_server true 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { echo "the server at $STACK_OUTPUT_ADDRESS takes no SSH connection" >&2; exit 1; }
    sleep 5
done

check 'the bundle says what it is' 'grep -q bundle /etc/image-factory-release'
check 'nobody logs in as root by password' 'grep -q "^root:!" /etc/shadow'
check 'the root file system can be written to' 'touch /root/.written && rm /root/.written'

{
    echo "<testsuite name=\"bundle\" tests=\"$tests\" failures=\"$failures\">"
    cat "$cases"
    echo '</testsuite>'
} >report.xml
