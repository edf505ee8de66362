# Varnish that passes event streams; streaming is its default.
vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "@UPSTREAM_PORT@"; }
sub vcl_recv { return (pass); }
sub vcl_backend_response {
    set beresp.do_stream = true;
    return (deliver);
}
