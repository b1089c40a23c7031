using GatewayStack.EndToEnd.Tests.OneProcess;
using GatewayStack.EndToEnd.Tests.Services;

namespace GatewayStack.EndToEnd.Tests.Content;

[Collection(OneProcess.OneProcess.Name)]
public sealed class OneProcessContentTests(OneProcessGateway gateway) : ContentSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedContentTests(EmbeddedServices gateway) : ContentSuite(gateway);
