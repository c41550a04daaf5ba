using System.Numerics;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Demonstration.Internals;

/// <summary>Spheres on a floor at sunset, drawn by following rays from the eye to what they meet.</summary>
internal static class Scene
{
    private const int MostMirrors = 3;
    private const float Far = 1e9f;

    private static readonly Vector3 Eye = new(0, 1.55f, -6.4f);
    private static readonly Vector3 Target = new(0, 0.95f, 0);

    private static readonly SceneSphere[] Spheres =
    [
        new(new Vector3(-1.25f, 1, 0.5f), 1, Canvas.Color(0xC8322B), Mirror: 0.12f),
        new(new Vector3(1.15f, 0.85f, 1.1f), 0.85f, Canvas.Color(0xF2F4F8), Mirror: 0.8f),
        new(new Vector3(0.15f, 0.45f, -1.15f), 0.45f, Canvas.Color(0xE3A52B), Mirror: 0.3f),
        new(new Vector3(-1.75f, 0.33f, -1.55f), 0.33f, Canvas.Color(0x2C8C6B), Mirror: 0.1f),
        new(new Vector3(1.75f, 0.36f, -0.95f), 0.36f, Canvas.Color(0x3566B8), Mirror: 0.15f),
        new(new Vector3(3.6f, 0.6f, 3.6f), 0.6f, Canvas.Color(0x8A4FA0), Mirror: 0.1f),
        new(new Vector3(-4.2f, 0.75f, 4.4f), 0.75f, Canvas.Color(0xD8C9A8), Mirror: 0.05f),
    ];

    public static RgbImage Draw(int size) => Canvas.Paint(size, 3, (x, y) => Developed(Light(Eye, Direction(x, y), MostMirrors)));

    private static Vector3 Direction(float x, float y)
    {
        Vector3 forward = Vector3.Normalize(Target - Eye), right = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, forward)), up = Vector3.Cross(forward, right);
        return Vector3.Normalize(forward + (right * (x - 0.5f) * 1.05f) + (up * (0.5f - y) * 1.05f));
    }

    /// <summary>Light to what an eye and a screen make of it: bright parts are pressed together, and dark ones lifted.</summary>
    private static Vector3 Developed(Vector3 light)
    {
        Vector3 pressed = light / (Vector3.One + (light * 0.35f));
        return new Vector3(MathF.Pow(pressed.X, 1 / 2.2f), MathF.Pow(pressed.Y, 1 / 2.2f), MathF.Pow(pressed.Z, 1 / 2.2f));
    }

    /// <summary>The light that comes to a place from a direction, linear.</summary>
    private static Vector3 Light(Vector3 origin, Vector3 direction, int mirrors)
    {
        float nearest = direction.Y < -1e-4f ? -origin.Y / direction.Y : Far;
        SceneSphere? hit = null;
        foreach (SceneSphere sphere in Spheres)
        {
            float distance = sphere.Distance(origin, direction);
            if (distance < nearest)
            {
                (nearest, hit) = (distance, sphere);
            }
        }

        if (nearest >= Far)
        {
            return SceneSky.Color(direction);
        }

        Vector3 place = origin + (direction * nearest), normal = hit is null ? Vector3.UnitY : Vector3.Normalize(place - hit.Center);
        Vector3 color = hit?.Color ?? SceneFloor.Color(place, nearest);
        float mirror = hit?.Mirror ?? 0.1f;
        Vector3 light = color * color * Arriving(place, normal);
        if (hit is not null)
        {
            float gloss = MathF.Pow(MathF.Max(0, Vector3.Dot(Vector3.Reflect(direction, normal), SceneSky.Sun)), 90);
            light += SceneSky.SunLight * gloss * Sunshine(place, normal) * 0.8f;
        }

        if (mirrors > 0)
        {
            float grazing = 1 + Vector3.Dot(direction, normal);
            float share = mirror + ((1 - mirror) * 0.75f * MathF.Pow(grazing, 5));
            Vector3 mirrored = Light(place + (normal * 1e-3f), Vector3.Reflect(direction, normal), mirrors - 1);
            light = Vector3.Lerp(light, hit is { Mirror: > 0.5f } ? mirrored * color : mirrored, share);
        }

        // What is far away fades into the haze.
        return hit is null ? Vector3.Lerp(light, SceneSky.Haze(direction), 1 - MathF.Exp(-MathF.Max(0, nearest - 8) * 0.035f)) : light;
    }

    /// <summary>Light from the sun, from the sky, and back from the floor.</summary>
    private static Vector3 Arriving(Vector3 place, Vector3 normal)
    {
        float open = 1;
        foreach (SceneSphere sphere in Spheres)
        {
            open *= 1 - sphere.Cover(place, normal);
        }

        Vector3 sky = SceneSky.Ambient * (0.55f + (0.45f * normal.Y)), floor = SceneFloor.Glow * (0.5f - (0.5f * normal.Y));
        return (SceneSky.SunLight * MathF.Max(0, Vector3.Dot(normal, SceneSky.Sun)) * Sunshine(place, normal)) + ((sky + floor) * open);
    }

    /// <summary>The part of the sun that is seen from a place, 0 to 1; shadows have soft edges.</summary>
    private static float Sunshine(Vector3 place, Vector3 normal)
    {
        float part = 1;
        Vector3 origin = place + (normal * 1e-3f);
        foreach (SceneSphere sphere in Spheres)
        {
            part = MathF.Min(part, sphere.Sunshine(origin, SceneSky.Sun));
        }

        return part;
    }
}
