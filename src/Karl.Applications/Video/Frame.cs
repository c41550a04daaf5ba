using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Video;

/// <summary>One frame of a film, or one image.</summary>
/// <param name="Number">Its place, from 0.</param>
/// <param name="Name">Its path; for a frame of a film the film's, and the number behind a <c>#</c>.</param>
/// <param name="Image">The pixels as the model sees them, of its size; null where they could not be read.</param>
/// <param name="Problem">Why they could not be read; null where they could.</param>
public sealed record Frame(int Number, string Name, RgbImage? Image, string? Problem);
