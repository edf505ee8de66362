# Varnish that fetches the whole body first.
vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "@UPSTREAM_PORT@"; }
sub vcl_recv { return (pass); }
sub vcl_backend_response {
    set beresp.do_stream = false;
    return (deliver);
}
