# Varnish that compresses event streams, without flushing.
vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "@UPSTREAM_PORT@"; }
sub vcl_recv { return (pass); }
sub vcl_backend_response {
    set beresp.do_gzip = true;
    return (deliver);
}
