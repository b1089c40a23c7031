using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.OneProcess;

[Collection(OneProcess.Name)]
public sealed class OneProcessChatTests(OneProcessGateway gateway) : ChatSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessStreamTests(OneProcessGateway gateway) : StreamSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessOpenAISdkTests(OneProcessGateway gateway) : OpenAISdkSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessNodeClientTests(OneProcessGateway gateway) : NodeClientSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessResidencyTests(OneProcessGateway gateway) : ResidencySuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessCalendarTests(OneProcessGateway gateway) : CalendarSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessClinicTests(OneProcessGateway gateway) : ClinicSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessLimitsTests(OneProcessGateway gateway) : LimitsSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessAuditTests(OneProcessGateway gateway) : AuditSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessBadInputTests(OneProcessGateway gateway) : BadInputSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessIdentityHeadersTests(OneProcessGateway gateway) : IdentityHeadersSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessProviderFailureTests(OneProcessGateway gateway) : ProviderFailureSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessAdministrationTests(OneProcessGateway gateway) : AdministrationSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessLeakTests(OneProcessGateway gateway) : LeakSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessCallBackTests(OneProcessGateway gateway) : CallBackSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessMcpTests(OneProcessGateway gateway) : McpSuite(gateway);

[Collection(OneProcess.Name)]
public sealed class OneProcessStandingTests(OneProcessGateway gateway) : StandingSuite(gateway);
