using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.Services;

[Collection(Installed.Name)]
public sealed class InstalledChatTests(InstalledServices gateway) : ChatSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledStreamTests(InstalledServices gateway) : StreamSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledOpenAISdkTests(InstalledServices gateway) : OpenAISdkSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledNodeClientTests(InstalledServices gateway) : NodeClientSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledResidencyTests(InstalledServices gateway) : ResidencySuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledCalendarTests(InstalledServices gateway) : CalendarSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledClinicTests(InstalledServices gateway) : ClinicSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledLimitsTests(InstalledServices gateway) : LimitsSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledAuditTests(InstalledServices gateway) : AuditSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledBadInputTests(InstalledServices gateway) : BadInputSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledIdentityHeadersTests(InstalledServices gateway) : IdentityHeadersSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledProviderFailureTests(InstalledServices gateway) : ProviderFailureSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledAdministrationTests(InstalledServices gateway) : AdministrationSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledLeakTests(InstalledServices gateway) : LeakSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledCallBackTests(InstalledServices gateway) : CallBackSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledMcpTests(InstalledServices gateway) : McpSuite(gateway);

[Collection(Installed.Name)]
public sealed class InstalledStandingTests(InstalledServices gateway) : StandingSuite(gateway);
