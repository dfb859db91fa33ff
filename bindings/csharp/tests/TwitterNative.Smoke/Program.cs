using System;
using TwitterNative;
using TwitterNative.Smoke;

#if NET472
// A second domain runs this program too; see NetFrameworkChecks.
if (!AppDomain.CurrentDomain.IsDefaultAppDomain())
{
    return 0;
}
#endif
Console.WriteLine(
    $"{System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, "
    + $"{System.Runtime.InteropServices.RuntimeInformation.OSDescription}, "
    + $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}");
var report = new Report();
await LoadChecks.Run(report);
await OfflineChecks.Run(report);
using (var x = new LocalX())
{
    await PostingChecks.Run(report, x);
    await FileChecks.Run(report, x);
    await CancellationChecks.Run(report, x);
    await SignInChecks.Run(report, x);
    await StoreChecks.Run(report, x);
    await TelemetryChecks.Run(report, x);
#if NET472
    await NetFrameworkChecks.Run(report, x);
#endif
    await ShutdownChecks.Run(report, x);
}
Console.WriteLine($"library: {TwitterRuntime.LibraryPath}");
return report.End();
