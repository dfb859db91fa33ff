using System;
using System.Globalization;
using TwitterNative.Benchmarks;

// Measures, and prints the aims with what was found as a table. Run by `cargo xtask bench --csharp`.
//   TwitterNative.Benchmarks ROUNDS
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var measured = new Measurements();
for (int round = 1; round <= rounds; round++)
{
    Console.Error.WriteLine($"round {round} of {rounds}");
    measured.Add();
}
Console.Write(Aims.Table(measured));
