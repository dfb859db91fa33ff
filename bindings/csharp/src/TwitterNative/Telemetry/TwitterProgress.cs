namespace TwitterNative;

/// <summary>How far a call is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">How much of it is done, in the unit of the stage: seconds, bytes or percent. Bytes never decrease.</param>
/// <param name="Total">How much there is to do, in the same unit; 0 if that is not known.</param>
public readonly record struct TwitterProgress(TwitterStage Stage, long Done, long Total)
{
    /// <summary>How much is done, from 0 to 1; null if the total is not known.</summary>
    public double? Fraction => Total > 0 ? (double)Done / Total : null;
}
