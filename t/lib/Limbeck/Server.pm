# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Server: a private database server in a temporary folder.
#
# What all engines share: the folder, the port, starting, stopping, the log,
# and the guard. The engines' own part is in Limbeck/Server/PostgreSQL.pm and
# Limbeck/Server/MySQL.pm.
#
# The guard is a small process that holds the reading end of a pipe. When the
# process that owns the server ends, however it ends (kill -9 included), the
# pipe closes, and the guard stops the server and removes the folder.

package Limbeck::Server;

use strict;
use warnings;

use Errno ();
use File::Basename qw(dirname);
use File::Path qw(remove_tree);
use File::Spec;
use File::Temp ();
use IO::Socket::INET;
use POSIX ();
use Time::HiRes qw(sleep time);

use constant {
    USER       => 'limbeck',
    # Occurs nowhere else, so that finding it in an output is a leak.
    PASSWORD   => 'Zq7secretXw',
    START_TIME => 60,
    STOP_TIME  => 30,
};

my %class = (postgresql => 'PostgreSQL', mysql => 'MySQL', pgbouncer => 'Pgbouncer', galera => 'Galera');
my %shared;
my @own;

# ---------------------------------------------------------------------------
# Finding a server

# The server that all tests share: the keeper's (see t/servers) when its
# address is in the environment, else one started now and stopped at the end.
# Returns undef for an engine that needs no server.
sub shared
{
    my (undef, $engine) = @_;
    my $package = class_of($engine) or return undef;
    $shared{$engine} //= $package->from_environment // $package->new->start;
    return $shared{$engine};
}

# Why there can be no server for this engine on this machine, or undef.
sub why_missing
{
    my (undef, $engine) = @_;
    my $package = class_of($engine) or return undef;
    return undef if $package->from_environment;
    return $package->missing;
}

sub class_of
{
    my ($engine) = @_;
    return undef unless $class{$engine};
    my $package = "Limbeck::Server::$class{$engine}";
    require "Limbeck/Server/$class{$engine}.pm";
    return $package;
}

# A server of the caller's own, for tests that stop or kill it.
# Options: durable (1: a commit reaches the disk; default 0), settings (a hash
# of the server's own settings).
sub private
{
    my (undef, $engine, %opt) = @_;
    my $package = class_of($engine) or die "no server class for $engine\n";
    return $package->new(%opt)->start;
}

# First program of these names in the folders, then in PATH; undef if none.
sub find_program
{
    my ($names, @folders) = @_;
    for my $name (@$names) {
        for my $folder (@folders, File::Spec->path, '/usr/sbin', '/usr/local/sbin') {
            return "$folder/$name" if -x "$folder/$name" && !-d _;
        }
    }
    return undef;
}

# ---------------------------------------------------------------------------
# Life

sub new
{
    my ($class, %opt) = @_;
    my $why = $class->missing;
    die "$why\n" if defined $why;
    my $self = bless {
        durable  => 0,
        settings => {},
        %opt,
        owner    => $$,
        dir      => make_folder($class->prefix),
        port     => free_port(),
    }, $class;
    $self->{log} = "$self->{dir}/server.log";
    push @own, $self;
    $self->post_guard;
    # As root, the server runs as somebody else, who must own the folder.
    if (my ($uid, $gid) = $self->account) {
        chown $uid, $gid, $self->{dir} or die "chown $self->{dir}: $!\n";
    }
    my $path = $self->socket_path;
    die "socket path is too long: $path\n" if length $path >= 100;
    return $self;
}

# A short name: the path of a Unix socket may have only about 100 characters.
sub make_folder
{
    my ($prefix) = @_;
    my $top = File::Spec->tmpdir;
    $top = '/tmp' if length $top > 50;
    return File::Temp::tempdir("limbeck-$prefix-XXXXXX", DIR => $top);
}

sub free_port
{
    my $socket = IO::Socket::INET->new(
        LocalAddr => '127.0.0.1', LocalPort => 0, Proto => 'tcp', Listen => 1,
    ) or die "no free loopback port: $!\n";
    return $socket->sockport;
}

# Between asking for a free port and using it another process may take it, so
# the first start may choose again.
sub start
{
    my ($self) = @_;
    $self->must_own;
    return $self->launch && $self if $self->{initialized};
    $self->initialize;
    for my $try (1 .. 3) {
        last if eval { $self->launch; 1 };
        die $@ if $try == 3 || $@ !~ /in use|bind/i;
        $self->{port} = free_port();
    }
    $self->{initialized} = 1;
    $self->prepare;
    return $self;
}

sub launch
{
    my ($self) = @_;
    $self->{pid} = $self->spawn($self->command);
    spew("$self->{dir}/server.pid", "$self->{pid} " . $self->fast_signal);
    my $limit = time + START_TIME;
    while (!$self->ready) {
        if (waitpid($self->{pid}, POSIX::WNOHANG()) == $self->{pid}) {
            delete $self->{pid};
            die $self->engine . " server did not start:\n" . $self->log_tail . "\n";
        }
        die $self->engine . " server is not ready after " . START_TIME . " s:\n"
            . $self->log_tail . "\n" if time > $limit;
        sleep 0.03;
    }
    return 1;
}

# Stops as an administrator would.
sub stop
{
    my ($self) = @_;
    $self->must_own;
    return $self->end($self->clean_signal);
}

# Stops as a power cut would (but for what the kernel still writes).
sub kill9
{
    my ($self) = @_;
    $self->must_own;
    return $self->end('KILL');
}

# All its processes at once, with SIGKILL: a server that lives on without its
# head might still commit.
sub crash
{
    my ($self) = @_;
    $self->must_own;
    my $pid = $self->{pid};
    kill 'STOP', $pid;
    kill 'KILL', $pid, grep { (stat_of($_))[1] == $pid } map { m{(\d+)$} } glob '/proc/[0-9]*';
    return $self->end('KILL');
}

# State and parent of a process.
sub stat_of
{
    my ($pid) = @_;
    my ($state, $parent) = (slurp("/proc/$pid/stat") // '') =~ /\) (\S) (\d+)/;
    return ($state // 'X', $parent // 0);
}

sub restart
{
    my ($self) = @_;
    $self->stop if $self->running;
    return $self->start;
}

sub running
{
    my ($self) = @_;
    return $self->{pid} && is_alive($self->{pid}) ? 1 : 0;
}

sub end
{
    my ($self, $signal) = @_;
    my $pid = delete $self->{pid} or return $self;
    end_process($pid, $signal);
    # Nobody takes a zombie for dead but is_alive: the next server might not start.
    waitpid $pid, 0 unless is_alive($pid);
    unlink "$self->{dir}/server.pid";
    $self->after_end($signal);
    return $self;
}

# Stops the server for good and removes its folder.
sub destroy
{
    my ($self) = @_;
    return if $self->{attached} || $self->{owner} != $$ || !$self->{dir};
    dispose(delete $self->{dir});
    delete $self->{pid};
    close delete $self->{guard} if $self->{guard};
    waitpid delete $self->{guard_pid}, 0 if $self->{guard_pid};
}

sub must_own
{
    my ($self) = @_;
    die "this server is shared; use Limbeck::Server->private\n" if $self->{attached};
    die "this server belongs to another process\n" if $self->{owner} != $$;
}

END {
    my $status = $?;
    $_->destroy for @own;
    $? = $status;
}

# ---------------------------------------------------------------------------
# Processes

# Runs a program to its end as the server's account, its output in the log.
sub run_tool
{
    my ($self, @command) = @_;
    my $pid = $self->spawn(@command);
    waitpid $pid, 0;
    return $? == 0;
}

# Starts a program in a session of its own, so that Ctrl-C reaches us alone
# and the servers are stopped in an orderly way.
sub spawn
{
    my ($self, @command) = @_;
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    # POSIX::_exit: what END would do is the parent's business.
    eval { $self->become_child; no warnings 'exec'; exec { $command[0] } @command };
    print STDERR "cannot run $command[0]: ", $@ || $!, "\n";
    POSIX::_exit(127);
}

sub become_child
{
    my ($self) = @_;
    POSIX::setsid();
    open STDIN, '<', '/dev/null' or die "/dev/null: $!";
    open STDOUT, '>>', $self->{log} or die "$self->{log}: $!";
    open STDERR, '>&', \*STDOUT or die "dup: $!";
    $ENV{LC_ALL} = 'C.UTF-8';
    delete @ENV{grep { /^(?:PG|MYSQL|MARIADB)/ } keys %ENV};
    chdir $self->{dir} or die "$self->{dir}: $!";
    if (my ($uid, $gid) = $self->account) {
        chown $uid, $gid, $self->{log};
        $) = "$gid $gid";
        POSIX::setgid($gid) or die "setgid: $!";
        POSIX::setuid($uid) or die "setuid: $!";
    }
}

sub end_process
{
    my ($pid, $signal) = @_;
    kill $signal, $pid;
    my $limit = time + STOP_TIME;
    while (is_alive($pid)) {
        kill 'KILL', $pid if time > $limit;
        last if time > $limit + 5;
        sleep 0.02;
    }
}

# A zombie counts as dead: nobody may be there to reap it.
sub is_alive
{
    my ($pid) = @_;
    return 0 if waitpid($pid, POSIX::WNOHANG()) == $pid;
    return 0 if !kill(0, $pid) && $! != Errno::EPERM();
    open my $fh, '<', "/proc/$pid/stat" or return !-d '/proc/self';
    my $stat = <$fh> // '';
    return $stat !~ /\)\s+[ZX]/;
}

# ---------------------------------------------------------------------------
# The guard

sub post_guard
{
    my ($self) = @_;
    pipe my $read, my $write or die "pipe: $!\n";
    my $lib = dirname(dirname(File::Spec->rel2abs(__FILE__)));
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDIN, '<&', $read or POSIX::_exit(1);
        # prove waits until its pipe is closed by all, so none of it is kept.
        open STDOUT, '>', '/dev/null';
        open STDERR, '>', '/dev/null';
        POSIX::setsid();
        exec $^X, "-I$lib", '-MLimbeck::Server', '-e', 'Limbeck::Server::guard(shift)',
            $self->{dir} or POSIX::_exit(1);
    }
    @$self{qw(guard guard_pid)} = ($write, $pid);
}

sub guard
{
    my ($dir) = @_;
    chdir '/';
    $SIG{$_} = 'IGNORE' for qw(INT TERM HUP QUIT PIPE);
    1 while sysread STDIN, my $byte, 1;
    dispose($dir);
}

# Ends the server of a folder, the quick way, and removes the folder.
sub dispose
{
    my ($dir) = @_;
    return unless $dir =~ m{/limbeck-[a-z]+-\w+\z} && -d $dir;
    my ($pid, $signal) = split ' ', slurp("$dir/server.pid") // '';
    my $segment = shared_memory($dir);
    end_process($pid, $signal) if $pid && is_alive($pid);
    shmctl $segment, 0, 0 if defined $segment;    # 0: IPC_RMID
    for (1 .. 20) {
        remove_tree($dir, { error => \my $errors });
        last unless -d $dir;
        sleep 0.1;
    }
}

# The System V segment that a killed PostgreSQL leaves behind; its number is
# the last word of line 7 of postmaster.pid.
sub shared_memory
{
    my ($dir) = @_;
    my @line = split /\n/, slurp("$dir/data/postmaster.pid") // '';
    return @line > 6 && $line[6] =~ /^\s*\d+\s+(\d+)\s*$/ ? $1 : undef;
}

# ---------------------------------------------------------------------------
# What engines may replace, and what they share

sub account   { return }
sub after_end { return }
sub log_path  { return $_[0]{log} }
sub port      { return $_[0]{port} }
sub dir       { return $_[0]{dir} }

# Everything that the server has written so far.
sub servers_log
{
    my ($self) = @_;
    return slurp($self->{log}) // '';
}

sub log_tail
{
    my ($self) = @_;
    my @lines = split /\n/, $self->servers_log;
    splice @lines, 0, -30 if @lines > 30;
    return join "\n", map { "    $_" } @lines;
}

sub slurp
{
    my ($path) = @_;
    open my $fh, '<:raw', $path or return undef;
    local $/;
    return scalar <$fh>;
}

sub spew
{
    my ($path, $text) = @_;
    open my $fh, '>:raw', $path or die "$path: $!\n";
    print {$fh} $text or die "$path: $!\n";
    close $fh or die "$path: $!\n";
}

1;
