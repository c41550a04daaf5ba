namespace Karl.Serving.Internals.Images;

/// <summary>An image of a request, brought to a model's square.</summary>
/// <param name="Name">What the client calls it.</param>
/// <param name="Pixels"><c>[3, size, size]</c>, 0 to 1.</param>
/// <param name="Milliseconds">Time to decode and resize it.</param>
internal sealed record PreparedImage(string Name, float[] Pixels, double Milliseconds);
