using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.Services;

[Collection(Embedded.Name)]
public sealed class EmbeddedChatTests(EmbeddedServices gateway) : ChatSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedStreamTests(EmbeddedServices gateway) : StreamSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedOpenAISdkTests(EmbeddedServices gateway) : OpenAISdkSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedNodeClientTests(EmbeddedServices gateway) : NodeClientSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedResidencyTests(EmbeddedServices gateway) : ResidencySuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedCalendarTests(EmbeddedServices gateway) : CalendarSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedClinicTests(EmbeddedServices gateway) : ClinicSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedLimitsTests(EmbeddedServices gateway) : LimitsSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedAuditTests(EmbeddedServices gateway) : AuditSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedBadInputTests(EmbeddedServices gateway) : BadInputSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedIdentityHeadersTests(EmbeddedServices gateway) : IdentityHeadersSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedProviderFailureTests(EmbeddedServices gateway) : ProviderFailureSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedAdministrationTests(EmbeddedServices gateway) : AdministrationSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedLeakTests(EmbeddedServices gateway) : LeakSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedCallBackTests(EmbeddedServices gateway) : CallBackSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedMcpTests(EmbeddedServices gateway) : McpSuite(gateway);

[Collection(Embedded.Name)]
public sealed class EmbeddedStandingTests(EmbeddedServices gateway) : StandingSuite(gateway);
