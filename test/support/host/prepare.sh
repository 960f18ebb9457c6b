#!/bin/sh
# The ground of a test's host: this machine's files under a layer in memory, with its own processes, mounts, devices and name. Becomes its first process.
# Called by start.ts in new namespaces: prepare.sh NAME ADDRESS SIZE INIT HIDDEN…
set -eu
name=$1 address=$2 size=$3 init=$4
shift 4

mount -t tmpfs -o "size=$size,mode=755" suar-host /mnt
mkdir /mnt/upper /mnt/work /mnt/root
# What the host does not have is hidden: a whiteout, as overlayfs itself writes them.
for path; do
  mkdir -p "/mnt/upper${path%/*}"
  mknod "/mnt/upper$path" c 0 0
done
mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work suar-host /mnt/root
cd /mnt/root

mount -t proc proc proc
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=1777 tmp tmp
mkdir -p run/lock run/sshd run/php run/suar-test/upper run/suar-test/old
chmod 1777 run/lock
for node in null zero full random urandom tty; do
  touch "run/suar-test/$node"
  mount --bind "/dev/$node" "run/suar-test/$node"
done
mount -t tmpfs -o mode=755 dev dev
for node in null zero full random urandom tty; do
  touch "dev/$node"
  mount --move "run/suar-test/$node" "dev/$node"
  rm "run/suar-test/$node"
done
mkdir dev/shm dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
mount --bind /mnt/upper run/suar-test/upper
pivot_root . run/suar-test/old
cd /
umount -l run/suar-test/old
rmdir run/suar-test/old
# Its packet filter is its own, though its addresses are this machine's: `nsenter --net=/run/suar-test/net nft …`.
touch /run/suar-test/net
unshare --net=/run/suar-test/net true

hostname "$name"
printf '%s\n' "$name" >/etc/hostname
printf '127.0.0.1 localhost\n%s %s\n' "$address" "$name" >/etc/hosts
rm -rf /root/.ssh
mkdir -m 700 /root/.ssh
: >/var/log/auth.log

printf '%s' "$init" >/run/suar-test/init.py
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 /usr/bin/python3 -I /run/suar-test/init.py
