namespace TwitterNative;

/// <summary>How far a call is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">How much of it is done: seconds, bytes or percent. Bytes never decrease.</param>
/// <param name="Total">How much there is to do; 0 where that is not known.</param>
public readonly record struct TwitterProgress(TwitterStage Stage, long Done, long Total)
{
    /// <summary>0 to 1; null where the total is not known.</summary>
    public double? Fraction => Total > 0 ? (double)Done / Total : null;
}
