namespace Karl.Applications;

/// <summary>One more image of many is done.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Problem">Why it could not be read and has no part in the result; null where it could.</param>
public sealed record ImageProgress(string Path, string? Problem);
