using Yarp.ReverseProxy.Forwarder;

// The yardstick: YARP's forwarder and nothing else.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddHttpForwarder();

await using var app = builder.Build();
var upstream = builder.Configuration["Upstream"] ?? throw new InvalidOperationException("Give --Upstream=http://127.0.0.1:PORT");
using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
RequestDelegate forward = async http => await http.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(http, upstream, client);
app.Map("/{**path}", forward);
app.Run();
