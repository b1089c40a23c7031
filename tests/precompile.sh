#!/usr/bin/env bash
# precompile.sh CONFIGURATION: compiles to machine code (ReadyToRun) what the build made and what it copied from packages for the hosts, so that the
# processes that tests start need not do so at each start. Each distinct assembly is compiled once, and kept by the hash of its content in
# ~/.cache/gatewaystack; then it takes the place of its copies in the output folders of hosts and tests. Without the compiler nothing changes.
set -uo pipefail
cd "$(dirname "$0")/.."

configuration=${1:?precompile.sh CONFIGURATION}
dotnet restore tests/Precompile -v quiet >/dev/null 2>&1 && CROSSGEN=$(dotnet msbuild tests/Precompile -nologo -getProperty:Crossgen)
[ -x "${CROSSGEN:-}" ] || { echo "missing: the ReadyToRun compiler; the processes that tests start compile themselves"; exit 0; }

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/gatewaystack/readytorun
FRAMEWORKS=$(dotnet --list-runtimes | sed -n 's/^Microsoft\.\(NETCore\|AspNetCore\)\.App \(10\.[^ ]*\) \[\(.*\)\]$/\3\/\2/p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$CACHE" "$work/references"
find "$CACHE" -type f -mtime +14 -delete
export CROSSGEN CACHE FRAMEWORKS REFERENCES=$work/references

# What a build copies keeps its time: one of each name, size and time is read.
find services GatewayStack.AppHost tests -path "*/bin/$configuration/*" -name '*.dll' -not -path '*/runtimes/*' -printf '%f:%s:%T@\t%p\n' | sort > "$work/all"
grep -P '\tservices/' "$work/all" | awk -F'\t' '!seen[$1]++' > "$work/distinct"
cut -f2 "$work/distinct" | xargs -d '\n' sha256sum | awk '{ print $1 }' | paste - "$work/distinct" > "$work/hashed"
while IFS=$'\t' read -r _ _ path; do ln -f "$path" "$REFERENCES/" 2>/dev/null || cp "$path" "$REFERENCES/"; done < "$work/hashed"

compile() { # compile HASH KEY PATH: an assembly that is native, or compiled, or that the compiler refuses, is left as it is
  local made=$CACHE/$1.dll frameworks=()
  [ -e "$made" ] || [ -e "$CACHE/$1.asis" ] && return
  while read -r folder; do frameworks+=(-r "$folder/*.dll"); done <<< "$FRAMEWORKS"
  if "$CROSSGEN" "$3" -o "$made.$$" "${frameworks[@]}" -r "$REFERENCES/*.dll" -O >/dev/null 2>&1; then
    mv "$made.$$" "$made"
    touch "$CACHE/$(sha256sum "$made" | cut -c1-64).asis"
  else
    rm -f "$made.$$"
    touch "$CACHE/$1.asis"
  fi
}
export -f compile
sort -t: -k2 -rn "$work/hashed" | tr '\t\n' '\0\0' | xargs -0 -n 3 -P "$(nproc)" bash -c 'compile "$@"' _

copied=0
while IFS=$'\t' read -r hash key _; do
  [ -e "$CACHE/$hash.dll" ] || continue
  while IFS=$'\t' read -r _ path; do cp -p --remove-destination "$CACHE/$hash.dll" "$path"; copied=$((copied + 1)); done < <(grep -F "$key"$'\t' "$work/all")
done < "$work/hashed"
echo "machine code: $(grep -c . "$work/hashed") assemblies looked at, $copied copies replaced"
