using System;
using System.Globalization;
using System.Threading.Tasks;
using TwitterNative.Stress;

// TwitterNative.Stress collect UPLOADS            uploads under a garbage collector that never rests
// TwitterNative.Stress leak KIND ROUNDS COUNT LIMIT   calls that may leave at most so many bytes each
// TwitterNative.Stress share FOLDER TASKS SECONDS  calls on the account whose tokens are in the folder
// TwitterNative.Stress die FOLDER                 a refresh whose process ends before the new tokens are kept
// TwitterNative.Stress unload                     the package is unloaded during a call
int Number(int place) => int.Parse(args[place], CultureInfo.InvariantCulture);
try
{
    await (args[0] switch
    {
        "collect" => Collecting.Run(Number(1)),
        "leak" => Leak.Find(CallKinds.Named(args[1]), Number(2), Number(3), Number(4)),
        "share" => Sharing.Run(args[1], Number(2), Number(3)),
        "die" => Task.Run(() => Sharing.Die(args[1])),
        "unload" => Unloading.Run(),
        _ => throw new ArgumentException($"There is no {args[0]}."),
    });
    return 0;
}
catch (StressException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
