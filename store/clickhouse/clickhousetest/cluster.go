// Package clickhousetest starts real ClickHouse servers for tests.
//
//	Start(t, 2) ──▶ server 1 :port ─┐
//	                server 2 :port ─┴─ cluster "fleet", one shard each
//
// They listen on loopback, keep their data in the test's directory and end with
// it. Users are "default", who may do everything, and "reader" with the
// password "s3cret", who may only read.
package clickhousetest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	native "github.com/ClickHouse/clickhouse-go/v2"
)

// Cluster is some servers, one shard each.
type Cluster struct {
	Hosts     []string // host:port of the native protocol
	Secure    []string // the same with TLS
	Authority string   // the file of who signed their certificates
	servers   []*exec.Cmd
}

// Start runs n servers until the test ends. It skips the test where heavy tests
// were not asked for or clickhouse-server is not installed.
func Start(t testing.TB, n int) *Cluster {
	t.Helper()
	if os.Getenv("ANDON_HEAVY") == "" {
		t.Skip("skip: heavy, set ANDON_HEAVY=1")
	}
	binary, err := exec.LookPath("clickhouse-server")
	if err != nil {
		t.Skip("skip: needs clickhouse-server")
	}
	c := &Cluster{}
	const each = 4
	ports := freePorts(t, each*n)
	for i := range n {
		c.Hosts = append(c.Hosts, fmt.Sprintf("127.0.0.1:%d", ports[each*i]))
		c.Secure = append(c.Secure, fmt.Sprintf("127.0.0.1:%d", ports[each*i+3]))
	}
	certificates := t.TempDir()
	c.Authority = certify(t, certificates)
	for i := range n {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "config.xml"), c.config(dir, certificates, ports[each*i:]))
		write(t, filepath.Join(dir, "users.xml"), users)
		server := exec.Command(binary, "--config-file="+filepath.Join(dir, "config.xml"))
		server.Dir = dir
		if err := server.Start(); err != nil {
			t.Fatalf("start clickhouse-server: %v", err)
		}
		c.servers = append(c.servers, server)
		t.Cleanup(func() { c.Stop(i) })
	}
	for i := range n {
		c.await(t, i)
	}
	return c
}

// Stop ends server i, as if it had failed.
func (c *Cluster) Stop(i int) {
	if s := c.servers[i]; s != nil {
		_ = s.Process.Kill()
		_ = s.Wait()
		c.servers[i] = nil
	}
}

// CPU is the processor time that all servers have used so far, where the
// system tells it.
func (c *Cluster) CPU(t testing.TB) time.Duration {
	t.Helper()
	const tick = 10 * time.Millisecond // USER_HZ is 100 on every Linux that Go runs on
	var all time.Duration
	for _, s := range c.servers {
		if s == nil {
			continue
		}
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.Process.Pid))
		if err != nil {
			return 0
		}
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		for _, field := range fields[11:13] { // utime and stime, see proc(5)
			n, err := strconv.ParseInt(field, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			all += time.Duration(n) * tick
		}
	}
	return all
}

// Exec runs a statement on server i.
func (c *Cluster) Exec(t testing.TB, i int, statement string) {
	t.Helper()
	conn, err := native.Open(&native.Options{Addr: []string{c.Hosts[i]}, ReadTimeout: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%.200s: %v", statement, err)
	}
}

// Distribute makes the table of a CREATE TABLE on every server, and over them
// the Distributed table all, rows falling to shards at random.
func (c *Cluster) Distribute(t testing.TB, create, local, all string) {
	t.Helper()
	for i := range c.Hosts {
		c.Exec(t, i, create)
		c.Exec(t, i, fmt.Sprintf("CREATE TABLE %s AS %s ENGINE = Distributed(fleet, default, %s, rand())", all, local, local))
	}
}

// await waits until a server answers.
func (c *Cluster) await(t testing.TB, i int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	conn, err := native.Open(&native.Options{Addr: []string{c.Hosts[i]}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for tick := time.NewTicker(50 * time.Millisecond); ; <-tick.C {
		if err = conn.Ping(ctx); err == nil {
			tick.Stop()
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("clickhouse-server at %s does not answer: %v", c.Hosts[i], err)
		}
	}
}

// freePorts are ports that nobody listened on a moment ago.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// config is a server of the cluster; ports are native, HTTP, between servers and
// native with TLS.
func (c *Cluster) config(dir, certificates string, ports []int) string {
	var shards strings.Builder
	for _, host := range c.Hosts {
		name, port, _ := net.SplitHostPort(host)
		fmt.Fprintf(&shards, "<shard><replica><host>%s</host><port>%s</port></replica></shard>", name, port)
	}
	return fmt.Sprintf(`<yandex>
<logger><level>error</level><log>%[1]s/log</log><errorlog>%[1]s/errors</errorlog></logger>
<tcp_port>%[2]d</tcp_port><http_port>%[3]d</http_port><interserver_http_port>%[4]d</interserver_http_port>
<tcp_port_secure>%[6]d</tcp_port_secure><openSSL><server>
<certificateFile>%[7]s/server.pem</certificateFile><privateKeyFile>%[7]s/server.key</privateKeyFile><verificationMode>none</verificationMode>
</server></openSSL>
<listen_host>127.0.0.1</listen_host><timezone>UTC</timezone>
<path>%[1]s/data/</path><tmp_path>%[1]s/tmp/</tmp_path><users_config>%[1]s/users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database>
<mark_cache_size>67108864</mark_cache_size>
<remote_servers><fleet>%[5]s</fleet></remote_servers>
</yandex>`, dir, ports[0], ports[1], ports[2], shards.String(), ports[3], certificates)
}

const users = `<yandex>
<profiles><default></default><reader><readonly>2</readonly></reader></profiles>
<users>
<default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
<reader><password>s3cret</password><networks><ip>127.0.0.1</ip></networks><profile>reader</profile><quota>default</quota></reader>
</users>
<quotas><default></default></quotas>
</yandex>`
