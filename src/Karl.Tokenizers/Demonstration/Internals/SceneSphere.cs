using System.Numerics;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>A sphere of the scene.</summary>
/// <param name="Center">Its middle.</param>
/// <param name="Radius">Its radius.</param>
/// <param name="Color">What it leaves of white light, 0 to 1, as seen on a screen.</param>
/// <param name="Mirror">How much it mirrors where one looks straight at it, 0 to 1.</param>
internal sealed record SceneSphere(Vector3 Center, float Radius, Vector3 Color, float Mirror)
{
    /// <summary>Tangent of the angle under which the sun's edge is soft.</summary>
    private const float Softness = 0.07f;

    /// <summary>How far a ray goes until it meets the sphere; infinite where it does not.</summary>
    public float Distance(Vector3 origin, Vector3 direction)
    {
        Vector3 from = origin - Center;
        float along = Vector3.Dot(from, direction), square = (along * along) - from.LengthSquared() + (Radius * Radius);
        float distance = square < 0 ? -1 : -along - MathF.Sqrt(square);
        return distance > 1e-3f ? distance : float.PositiveInfinity;
    }

    /// <summary>The part of the sun that the sphere leaves free, 0 to 1, by how far the ray to the sun passes it.</summary>
    public float Sunshine(Vector3 origin, Vector3 sun)
    {
        Vector3 to = Center - origin;
        float along = Vector3.Dot(to, sun);
        if (along <= 0)
        {
            return 1;
        }

        float passing = MathF.Sqrt(MathF.Max(0, to.LengthSquared() - (along * along))) - Radius;
        float part = Math.Clamp(0.5f + (passing / (2 * Softness * along)), 0, 1);
        return part * part * (3 - (2 * part));
    }

    /// <summary>How much of the sky over a place the sphere covers, 0 to 1.</summary>
    public float Cover(Vector3 place, Vector3 normal)
    {
        Vector3 to = Center - place;
        float distance = to.Length();
        return distance <= Radius * 1.001f ? 0 : Math.Max(0, Vector3.Dot(normal, to / distance)) * Radius * Radius / (distance * distance);
    }
}
